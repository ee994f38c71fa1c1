"""Labels events and their status in unlabelled news with a larger model than
parley's own: a small BERT that is fine-tuned on the hand labels, averaged with
the regression of extract/relate. README.md says how and why.

usage: teach.py INSTANCES MODEL.onnx TOKENIZER.json OUT.events
       teach.py --check INSTANCES MODEL.onnx TOKENIZER.json   (on labels held out)
"""

import collections
import gzip
import json
import math
import random
import sys

import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

EPOCHS = 5
BATCH = 16
RATE, HEAD_RATE = 6e-5, 8e-4  # of the encoder, and of the layers above it
OUR_WEIGHT = 0.6  # of our own labels beside the reference
LONGEST = 300  # pieces of words
SHARE = 0.5  # of the teacher in the chance of an event
STATUS_SHARE = 0.8  # of the teacher in the status
AT = 0.5  # least chance of an event
STATUSES = ["Happened", "Future", "Historical", "Hypothetical", "Negated"]


def encoder(path):
    """The BERT in an ONNX file. Its matrices have lost their names there: each is
    known by the bias that is added to its product."""
    graph = onnx.load(path).graph
    arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    state = {k: torch.tensor(v) for k, v in arrays.items() if k.startswith(("embeddings.", "encoder."))}
    product = {n.output[0]: n.input[1] for n in graph.node if n.op_type == "MatMul" and n.input[1] in arrays}
    for n in graph.node:
        bias = [x for x in n.input if x in arrays and x.endswith(".bias")]
        matrix = [product[x] for x in n.input if x in product]
        if n.op_type == "Add" and bias and matrix:
            state[bias[0].removesuffix("bias") + "weight"] = torch.tensor(arrays[matrix[0]].T.copy())
    layers = 1 + max(int(k.split(".")[2]) for k in state if k.startswith("encoder.layer."))
    model = BertModel(
        BertConfig(hidden_size=384, num_hidden_layers=layers, num_attention_heads=12, intermediate_size=1536),
        add_pooling_layer=False,
    )
    missing, extra = model.load_state_dict(state, strict=False)
    assert not extra and all("position_ids" in m for m in missing), (missing, extra)
    for p in model.embeddings.parameters():
        p.requires_grad = False
    return model


class Numbers(dict):
    """Numbers names in the order in which they come, from 1; 0 is any other."""

    def of(self, name, learn):
        if learn and name not in self:
            self[name] = len(self) + 1
        return self.get(name, 0)


class Reader:
    def __init__(self, tokenizer):
        self.tokens = Tokenizer.from_file(tokenizer)
        self.tokens.no_padding()
        self.tokens.no_truncation()
        self.tags, self.rels, self.types = Numbers(), Numbers(), Numbers()

    def read(self, line, learn):
        """One line of INSTANCES with what the network sees, or None where it is too long."""
        s = json.loads(line)
        text = s["text"].encode()
        words = [text[a:b].decode() for a, b in s["tokens"]]
        pieces, first = [101], []  # [CLS]
        for w in words:
            first.append(len(pieces))
            pieces += self.tokens.encode(w, add_special_tokens=False).ids or [100]
        if len(pieces) >= LONGEST:
            return None
        s["pieces"], s["first"] = pieces + [102], torch.tensor(first)
        s["tag"] = torch.tensor([self.tags.of(t, learn) for t in s["tags"]])
        s["rel"] = torch.tensor([self.rels.of(r, learn) for r in s["rels"]])
        s["head"] = torch.tensor([i if h < 0 else h for i, h in enumerate(s["heads"])])
        s["capital"] = torch.tensor([w[:1].isupper() + (len(w) > 1 and w.isupper()) for w in words])
        s["rivals"] = collections.defaultdict(list)  # candidates by word
        for c in s["candidates"]:
            c["number"] = self.types.of(c["type"], learn)
            s["rivals"][c["token"]].append(c)
        return s


class Teacher(nn.Module):
    def __init__(self, reader, path):
        super().__init__()
        self.encoder, width = encoder(path), 384
        self.tag = nn.Embedding(len(reader.tags) + 1, 32)
        self.rel = nn.Embedding(len(reader.rels) + 1, 32)
        self.capital = nn.Embedding(3, 16)
        self.kind = nn.Embedding(len(reader.types) + 1, 64)
        self.governor = nn.Linear(width, width // 4)
        self.mix = nn.Linear(width + 80 + width // 4, width)
        self.event = self.layers(width, len(reader.types) + 1)
        self.status = self.layers(2 * width + 64, len(STATUSES))
        self.drop = nn.Dropout(0.1)

    def layers(self, inputs, outputs):
        return nn.Sequential(nn.Linear(inputs, 256), nn.GELU(), nn.Dropout(0.2), nn.Linear(256, outputs))

    def forward(self, sentences):
        """For each sentence its words, as vectors, and the whole of it."""
        longest = max(len(s["pieces"]) for s in sentences)
        ids = torch.zeros(len(sentences), longest, dtype=torch.long)
        for i, s in enumerate(sentences):
            ids[i, : len(s["pieces"])] = torch.tensor(s["pieces"])
        hidden = self.encoder(ids, attention_mask=(ids > 0).float()).last_hidden_state
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

    def states(self, words, whole, candidates):
        """Log chances of the statuses of some candidates."""
        trigger = words[torch.tensor([c["token"] for c in candidates])]
        kind = self.kind(torch.tensor([c["number"] for c in candidates]))
        return F.log_softmax(self.status(torch.cat([trigger, whole.expand(len(candidates), -1), kind], -1)), -1)


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
            rows = net.states(words, whole, known)
            total = total + weight * F.nll_loss(rows, torch.tensor([c["status"] for c in known]), reduction="sum")
    return total / len(batch)


def train(reader, path, sentences):
    torch.manual_seed(1)
    random.seed(1)
    net = Teacher(reader, path)
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


@torch.no_grad()
def label(net, sentences, share=SHARE, status_share=STATUS_SHARE):
    """For each sentence its events: candidate, chance, status."""
    sentences = sorted(sentences, key=lambda s: len(s["pieces"]))
    for i in range(0, len(sentences), 32):
        batch = sentences[i : i + 32]
        for s, (words, whole) in zip(batch, net(batch)):
            found = []
            for row, rivals in zip(net.events(s, words).exp(), s["rivals"].values()):
                chances = [share * row[c["number"]].item() + (1 - share) * c["chance"] for c in rivals]
                best = max(range(len(rivals)), key=chances.__getitem__)
                found.append((chances[best], rivals[best]))
            states = net.states(words, whole, [c for _, c in found]).exp()
            out = []
            for (chance, c), row in zip(found, states):
                mixed = status_share * row + (1 - status_share) * torch.tensor(c["states"])
                out.append((chance, c, int(mixed.argmax())))
            yield s, out


def check(reader, path, sentences):
    """Fine-tunes without one part of the reference labels, and measures on it."""
    held = [s for s in sentences if s["kind"] == "reference" and s["part"] in (0, 3)]
    net = train(reader, path, [s for s in sentences if s["kind"] == "ours" or s["part"] not in (0, 3)])
    gold = sum(c["status"] >= 0 for s in held for c in s["candidates"])
    for share, status_share in ((0, 0), (SHARE, STATUS_SHARE), (1, 1)):
        found = [(chance, c, status) for _, out in label(net, held, share, status_share) for chance, c, status in out]
        best = 0, 0
        for at in range(20, 70, 2):
            taken = [c for chance, c, _ in found if chance >= at / 100]
            right = sum(c["answer"] == "right" for c in taken)
            best = max(best, (2 * right / (len(taken) + gold), at / 100))
        known = [(c["status"], status) for _, c, status in found if c["status"] >= 0]
        other = sum(a == b and a > 0 for a, b in known)
        f1 = 2 * other / max(1, sum(a > 0 for a, _ in known) + sum(b > 0 for _, b in known))
        right = sum(a == b for a, b in known) / len(known)
        print(f"teacher's share {share}: events F1 {best[0]:.3f} at {best[1]}, status {right:.3f}, not Happened F1 {f1:.3f}")


def write(net, sentences, out):
    passages = collections.defaultdict(list)
    for s in sentences:
        passages[s["passage"]]  # also those without an event
    for s, events in label(net, sentences):
        taken = []
        for chance, c, status in sorted(events, key=lambda e: -e[0]):
            free = all(c["span"][1] <= o["span"][0] or o["span"][1] <= c["span"][0] for o in taken)
            if chance >= AT and free:
                taken.append(c)
                at = s["candidates"].index(c)
                state = f" | Status={STATUSES[status]}" if status else ""
                place = s["start"] + c["span"][0]
                passages[s["passage"]].append((place, f"{s['lines'][at]} {c['type']} {s['quotes'][at]}{state}"))
    with open(out, "w", encoding="utf8") as f:
        for name in sorted(passages, key=lambda n: int(n.split()[0])):
            print("@", name, file=f)
            for _, line in sorted(passages[name]):
                print(line, file=f)


def main(args):
    checking = args[0] == "--check"
    instances, path, tokenizer, *out = args[checking:]
    reader = Reader(tokenizer)
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
    write(train(reader, path, labelled), silver, out[0])


if __name__ == "__main__":
    main(sys.argv[1:])
