"""Labels events, their status and their roles in unlabelled news with a larger
model than parley's own: two MPNets that are fine-tuned on the hand labels, averaged
with the regression of extract/relate. README.md says how and why.

usage: teach.py INSTANCES MODEL OUT.events
       teach.py --check INSTANCES MODEL   (on labels held out)
MODEL is a folder with the weights of an MPNet and its tokenizer.
"""

import collections
import gzip
import json
import math
import random
import sys

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import nn
from transformers import MPNetModel

EPOCHS = 4
BATCH = 16
RATE, HEAD_RATE = 5e-5, 8e-4  # of the encoder, and of the layers above it
FROZEN = 3  # lowest layers, which keep what they know
OUR_WEIGHT = 0.6  # of our own labels beside the reference
LONGEST = 300  # pieces of words
SHARE = 0.5  # of the networks in the chance of an event and of a role
STATUS_SHARE = 0.8  # and in the status
AT = 0.5  # least chance of an event
ROLE_AT = 0.4  # and of a role
PARTS_WEIGHT = {"role": 0.4, "mode": 0.5, "context": 0.5}  # of their losses beside that of an event
ROLES = ["none", "Actor", "Recipient", "Place", "Date", "Source"]
CONTEXTS = 37  # of PLOVER
HELD = (0, 3)  # parts of the reference labels that --check holds out
STATUSES = ["Happened", "Future", "Historical", "Hypothetical", "Negated"]


def encoder(path):
    """The MPNet in a folder, of whose lowest layers nothing is learnt."""
    model = MPNetModel.from_pretrained(path, add_pooling_layer=False)
    for p in [*model.embeddings.parameters(), *model.encoder.layer[:FROZEN].parameters()]:
        p.requires_grad = False
    return model


class Numbers(dict):
    """Numbers names in the order in which they come, from 1; 0 is any other."""

    def of(self, name, learn):
        if learn and name not in self:
            self[name] = len(self) + 1
        return self.get(name, 0)


class Reader:
    def __init__(self, path):
        self.tokens = Tokenizer.from_file(path + "/tokenizer.json")
        self.tokens.no_padding()
        self.tokens.no_truncation()
        t = self.tokens.token_to_id
        self.cls, self.sep, self.pad, self.unk = t("<s>"), t("</s>"), t("<pad>"), t("[UNK]")
        self.tags, self.rels, self.types = Numbers(), Numbers(), Numbers()
        self.sorts, self.evidence, self.modes = Numbers(), Numbers(), Numbers()

    def read(self, line, learn):
        """One line of INSTANCES with what the network sees, or None where it is too long."""
        s = json.loads(line)
        text = s["text"].encode()
        words = [text[a:b].decode() for a, b in s["tokens"]]
        pieces, first = [self.cls], []
        for w in words:
            first.append(len(pieces))
            pieces += self.tokens.encode(w, add_special_tokens=False).ids or [self.unk]
        if len(pieces) >= LONGEST:
            return None
        s["pieces"], s["first"] = pieces + [self.sep], torch.tensor(first)
        s["tag"] = torch.tensor([self.tags.of(t, learn) for t in s["tags"]])
        s["rel"] = torch.tensor([self.rels.of(r, learn) for r in s["rels"]])
        s["head"] = torch.tensor([i if h < 0 else h for i, h in enumerate(s["heads"])])
        s["capital"] = torch.tensor([w[:1].isupper() + (len(w) > 1 and w.isupper()) for w in words])
        s["rivals"] = collections.defaultdict(list)  # candidates by word
        for c in s["candidates"]:
            c["number"] = self.types.of(c["type"], learn)
            c["mode numbers"] = [self.modes.of(c["type"] + " " + m["name"], True) for m in c.get("modes", [])]
            for m in c.get("fillers", []):
                m["number"] = self.sorts.of(m["sort"], learn)
                m["known"] = [n for n in (self.evidence.of(e, learn) for e in m.pop("evidence")) if n] or [0]
            s["rivals"][c["token"]].append(c)
        return s


class Teacher(nn.Module):
    def __init__(self, reader, path, parts):
        """parts is whether it learns roles, modes and contexts too."""
        super().__init__()
        self.details = parts
        self.encoder = encoder(path)
        width = self.encoder.config.hidden_size
        self.pad = reader.pad
        self.tag = nn.Embedding(len(reader.tags) + 1, 32)
        self.rel = nn.Embedding(len(reader.rels) + 1, 32)
        self.capital = nn.Embedding(3, 16)
        self.kind = nn.Embedding(len(reader.types) + 1, 64)
        self.governor = nn.Linear(width, width // 4)
        self.mix = nn.Linear(width + 80 + width // 4, width)
        self.event = self.layers(width, len(reader.types) + 1)
        self.status = self.layers(2 * width + 64, len(STATUSES))
        self.drop = nn.Dropout(0.1)
        if parts:
            self.sort = nn.Embedding(len(reader.sorts) + 1, 32)
            self.evidence = nn.EmbeddingBag(len(reader.evidence) + 1, 96, mode="sum")
            nn.init.normal_(self.evidence.weight, std=0.1)
            self.role = self.layers(3 * width + 64 + 32 + 96, len(ROLES))
            self.mode = self.layers(2 * width + 64, len(reader.modes) + 1)
            self.context = self.layers(2 * width + 64, CONTEXTS)

    def layers(self, inputs, outputs):
        return nn.Sequential(nn.Linear(inputs, 256), nn.GELU(), nn.Dropout(0.2), nn.Linear(256, outputs))

    def forward(self, sentences):
        """For each sentence its words, as vectors, and the whole of it."""
        longest = max(len(s["pieces"]) for s in sentences)
        ids = torch.full((len(sentences), longest), self.pad)
        for i, s in enumerate(sentences):
            ids[i, : len(s["pieces"])] = torch.tensor(s["pieces"])
        hidden = self.encoder(ids, attention_mask=(ids != self.pad).float()).last_hidden_state
        for i, s in enumerate(sentences):
            w = hidden[i, s["first"]]
            seen = [w, self.tag(s["tag"]), self.rel(s["rel"]), self.capital(s["capital"]), self.governor(w)[s["head"]]]
            yield w + self.drop(F.gelu(self.mix(torch.cat(seen, -1)))), hidden[i, 0]

    def events(self, s, words):
        """Log chances of no event and of every type, for each word with candidates."""
        scores = self.event(words[torch.tensor(list(s["rivals"]))])
        closed = torch.full_like(scores, -1e9)
        closed[:, 0] = 0
        for row, rivals in enumerate(s["rivals"].values()):
            for c in rivals:
                closed[row, c["number"]] = 0
        return F.log_softmax(scores + closed, -1)

    def whole(self, words, whole, candidates):
        """Some candidates as a whole."""
        trigger = words[torch.tensor([c["token"] for c in candidates])]
        kind = self.kind(torch.tensor([c["number"] for c in candidates]))
        return torch.cat([trigger, whole.expand(len(candidates), -1), kind], -1)

    def states(self, acts):
        """Log chances of their statuses."""
        return F.log_softmax(self.status(acts), -1)

    def moded(self, acts, candidates):
        """Log chances of no mode and of every mode."""
        scores = self.mode(acts)
        closed = torch.full_like(scores, -1e9)
        closed[:, 0] = 0
        for row, c in enumerate(candidates):
            closed[row, c["mode numbers"]] = 0
        return F.log_softmax(scores + closed, -1)

    def parts(self, words, c, fillers):
        """Log chances of the roles of fillers of a candidate."""
        spans = torch.stack([words[m["tokens"][0] : m["tokens"][1]].mean(0) for m in fillers])
        heads = words[torch.tensor([m["head"] for m in fillers])]
        sorts = self.sort(torch.tensor([m["number"] for m in fillers]))
        flat = torch.tensor([n for m in fillers for n in m["known"]])
        starts, at = [], 0
        for m in fillers:
            starts.append(at)
            at += len(m["known"])
        seen = self.drop(self.evidence(flat, torch.tensor(starts)))
        n = len(fillers)
        kind = self.kind(torch.tensor([c["number"]])).expand(n, -1)
        trigger = words[c["token"]].expand(n, -1)
        return F.log_softmax(self.role(torch.cat([trigger, heads, spans, kind, sorts, seen], -1)), -1)


def details_loss(net, words, acts, known):
    """What roles, modes and contexts add to the loss."""
    total = 0.0
    right = [next((n for n, m in zip(c["mode numbers"], c.get("modes", [])) if m.get("answer")), 0) for c in known]
    total = total + PARTS_WEIGHT["mode"] * F.nll_loss(net.moded(acts, known), torch.tensor(right), reduction="sum")
    right = torch.tensor([[float(m.get("answer", False)) for m in c["contexts"]] for c in known])
    total = total + PARTS_WEIGHT["context"] * F.binary_cross_entropy_with_logits(net.context(acts), right, reduction="sum")
    for c in known:
        fillers = [m for m in c.get("fillers", []) if m["answer"] >= 0]
        if fillers:
            rows = net.parts(words, c, fillers)
            total = total + PARTS_WEIGHT["role"] * F.nll_loss(rows, torch.tensor([m["answer"] for m in fillers]), reduction="sum")
    return total


def loss(net, batch):
    total = 0.0
    for s, (words, whole) in zip(batch, net(batch)):
        weight = OUR_WEIGHT if s["kind"] == "ours" else 1.0
        for row, rivals in zip(net.events(s, words), s["rivals"].values()):
            if any(c["answer"] == "second" for c in rivals):
                continue  # neither right nor wrong
            right = [c["number"] for c in rivals if c["answer"] == "right"]
            total = total - weight * (torch.logsumexp(row[torch.tensor(right)], 0) if right else row[0])
        known = [c for c in s["candidates"] if c["status"] >= 0]
        if known:
            acts = net.whole(words, whole, known)
            rows = net.states(acts)
            total = total + weight * F.nll_loss(rows, torch.tensor([c["status"] for c in known]), reduction="sum")
            if net.details:
                total = total + weight * details_loss(net, words, acts, known)
    return total / len(batch)


def train(reader, path, sentences, parts):
    torch.manual_seed(1)
    random.seed(1)
    net = Teacher(reader, path, parts)
    net.train()
    inner = [p for p in net.encoder.parameters() if p.requires_grad]
    outer = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW([{"params": inner, "lr": RATE}, {"params": outer, "lr": HEAD_RATE}], weight_decay=0.01)
    steps = EPOCHS * math.ceil(len(sentences) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda t: min(1, 10 * (t + 1) / steps) * max(0.02, 1 - t / steps)
    )
    for epoch in range(EPOCHS):
        order = sorted(sentences, key=lambda s: len(s["pieces"]) + 12 * random.random())
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        random.shuffle(batches)
        mean = 0.0
        for b in batches:
            x = loss(net, b)
            optimizer.zero_grad()
            x.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            mean += x.item() / len(batches)
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {mean:.3f}", file=sys.stderr, flush=True)
    net.eval()
    return net


def teachers(reader, path, sentences):
    """Two networks: of which the first knows events and their status alone, which it
    is the better at, and the second roles, modes and contexts too."""
    return [train(reader, path, sentences, parts) for parts in (False, True)]


@torch.no_grad()
def label(nets, sentences, share=SHARE, status_share=STATUS_SHARE):
    """For each sentence its events: candidate, chance, status."""
    sentences = sorted(sentences, key=lambda s: len(s["pieces"]))
    for i in range(0, len(sentences), 32):
        batch = sentences[i : i + 32]
        for s, *read in zip(batch, *(net(batch) for net in nets)):
            rows = mean(net.events(s, words).exp() for net, (words, _) in zip(nets, read))
            found = []
            for row, rivals in zip(rows, s["rivals"].values()):
                chances = [mix(share, row[c["number"]].item(), c["chance"]) for c in rivals]
                best = max(range(len(rivals)), key=chances.__getitem__)
                found.append((chances[best], rivals[best]))
            best = [c for _, c in found]
            states = mean(net.states(net.whole(*r, best)).exp() for net, r in zip(nets, read))
            out = []
            for (chance, c), row in zip(found, states):
                out.append((chance, c, int(mix(status_share, row, torch.tensor(c["states"])).argmax())))
            yield s, out, read[-1][0]


def mean(xs):
    xs = list(xs)
    return sum(xs) / len(xs)


def mix(share, ours, theirs):
    return share * ours + (1 - share) * theirs


def details(net, sentences):
    """For each labelled event its roles, modes and contexts as the teacher has them."""
    for s in sentences:
        known = [c for c in s["candidates"] if c["status"] >= 0]
        if not known:
            continue
        ((words, whole),) = net([s])
        acts = net.whole(words, whole, known)
        modes, contexts = net.moded(acts, known).exp(), torch.sigmoid(net.context(acts))
        for i, c in enumerate(known):
            roles = net.parts(words, c, c["fillers"]).exp().tolist() if c.get("fillers") else []
            yield c, roles, [modes[i, n].item() for n in c["mode numbers"]], contexts[i].tolist()


def best_f1(pairs, gold=0, ats=range(10, 80, 2)):
    """The best F1 of decisions (chance, right?, labelled?), and the least chance that
    gives it; gold counts what is labelled beside them."""
    gold += sum(g for _, _, g in pairs)
    best = 0, 0
    for at in ats:
        taken = [r for p, r, _ in pairs if p >= at / 100]
        best = max(best, (round(2 * sum(taken) / max(1, len(taken) + gold), 3), at / 100))
    return best


def check(reader, path, sentences):
    """Fine-tunes without one part of the reference labels, and measures on it."""
    held = [s for s in sentences if s["kind"] == "reference" and s["part"] in HELD]
    nets = teachers(reader, path, [s for s in sentences if s["kind"] == "ours" or s["part"] not in HELD])
    gold = sum(c["status"] >= 0 for s in held for c in s["candidates"])
    for names, some in ("first", nets[:1]), ("second", nets[1:]), ("both", nets):
        for share, status_share in ((0, 0), (SHARE, STATUS_SHARE), (1, 1)):
            found = [e for _, out, _ in label(some, held, share, status_share) for e in out]
            f1 = best_f1([(p, c["answer"] == "right", 0) for p, c, _ in found], gold)
            known = [(c["status"], status) for _, c, status in found if c["status"] >= 0]
            right = sum(a == b for a, b in known) / len(known)
            other = sum(a == b and a > 0 for a, b in known)
            other = 2 * other / max(1, sum(a > 0 for a, _ in known) + sum(b > 0 for _, b in known))
            print(f"{names}, share {share}: events {f1}, status {right:.3f}, not Happened F1 {other:.3f}")
    check_details(nets[-1], held)


def check_details(net, held):
    """Measures roles, modes and contexts of events that are given."""
    with torch.no_grad():
        events = list(details(net, held))
    for share in (0, 0.3, 0.5, 0.7, 1):
        roles, party, modes, contexts = [], [], [], []
        for c, parts, ms, cs in events:
            for m, p in zip(c.get("fillers", []), parts):
                if m["answer"] < 0:
                    continue
                q = [mix(share, x, y) for x, y in zip(p, m["chances"])]
                k = max(range(1, len(q)), key=q.__getitem__)
                roles.append((q[k], k == m["answer"], m["answer"] > 0))
                if k < 3 or 0 < m["answer"] < 3:
                    party.append((q[k] if k < 3 else 0, k == m["answer"], 0 < m["answer"] < 3))
            q = [mix(share, x, m["chance"]) for x, m in zip(ms, c.get("modes", []))]
            if q:
                k = max(range(len(q)), key=q.__getitem__)
                modes.append((q[k], c["modes"][k].get("answer", False), any(m.get("answer") for m in c["modes"])))
            for x, m in zip(cs, c["contexts"]):
                contexts.append((mix(share, x, m["chance"]), m.get("answer", False), m.get("answer", False)))
        print(f"share {share}: roles {best_f1(roles)}, parties {best_f1(party)}, modes {best_f1(modes)}, contexts {best_f1(contexts)}")


@torch.no_grad()
def roles(net, words, c, quotes):
    """The fillers of a candidate as label files name them: of each thing, the mention
    that is the surest."""
    if not c.get("fillers"):
        return []
    taken = {}
    for m, quote, row in zip(c["fillers"], quotes, net.parts(words, c, c["fillers"]).exp().tolist()):
        chances = [mix(SHARE, x, y) for x, y in zip(row, m["chances"])]
        best = max(range(1, len(ROLES)), key=chances.__getitem__)
        thing = m["entity"] if m["entity"] >= 0 else quote
        if quote and chances[best] >= max(ROLE_AT, taken.get(thing, (0,))[0]):
            taken[thing] = chances[best], best, m["span"], quote
    return [f"{ROLES[best]}={quote}" for _, best, _, quote in sorted(taken.values(), key=lambda x: x[1:])]


def write(nets, sentences, out):
    passages = collections.defaultdict(list)
    for s in sentences:
        passages[s["passage"]]  # also those without an event
    for s, events, words in label(nets, sentences):
        taken = []
        for chance, c, status in sorted(events, key=lambda e: -e[0]):
            free = all(c["span"][1] <= o["span"][0] or o["span"][1] <= c["span"][0] for o in taken)
            if chance >= AT and free:
                taken.append(c)
                at = s["candidates"].index(c)
                fields = [f"{s['lines'][at]} {c['type']} {s['quotes'][at]}"]
                fields += roles(nets[-1], words, c, s["parts"][at])
                fields += [f"Status={STATUSES[status]}"] if status else []
                passages[s["passage"]].append((s["start"] + c["span"][0], " | ".join(fields)))
    with open(out, "w", encoding="utf8") as f:
        for name in sorted(passages, key=lambda n: int(n.split()[0])):
            print("@", name, file=f)
            for _, line in sorted(passages[name]):
                print(line, file=f)


def main(args):
    checking = "--check" in args
    instances, path, *out = [a for a in args if a != "--check"]
    reader = Reader(path)
    labelled, silver = [], []
    for line in gzip.open(instances, "rt", encoding="utf8"):
        kind = "silver" if '"kind":"silver"' in line[:200] else ""
        if kind and checking:
            break  # they stand behind all labelled ones
        s = reader.read(line, learn=not kind)
        if s:
            (silver if kind else labelled).append(s)
    if checking:
        return check(reader, path, labelled)
    write(teachers(reader, path, labelled), silver, out[0])


if __name__ == "__main__":
    main(sys.argv[1:])
