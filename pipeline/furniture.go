package pipeline

import (
	"slices"
	"strings"
	"unicode"
)

// What a paragraph is to the page that it stands on, by its own words alone.
type furniture int

const (
	noFurniture furniture = iota
	aside                 // drop this paragraph
	teaser                // drop it and the headlines that follow: "Read more:", "Related"
	closing               // other stories follow, most often to the end of the page: "Latest from"
	ending                // the article is over: "Comments", "About the author"
)

// Stock phrases of news sites. Each is compared with the key of a paragraph:
// small letters and digits with single spaces.
var (
	// The whole paragraph, or the whole but for numbers.
	asideLines = phraseSet(`
		advertisement|advert|ad|ads|sponsored|sponsored content|paid content|promoted|continue reading|story continues|
		story continues below|story continues below advertisement|article continues below|article continues after ad|
		article continues below advertisement|scroll to continue|scroll to continue with content|advertisement scroll to continue|
		skip ad|skip advertisement|after newsletter promotion|this is an advertisement|
		home|menu|search|close|login|log in|sign in|sign up|register|subscribe|subscribe now|my account|logout|log out|
		skip to content|skip to main content|skip to navigation|toggle navigation|main menu|back|back to top|go to top|go totop|to top|top|
		news|world|politics|business|economy|sport|sports|opinion|opinions|culture|lifestyle|entertainment|technology|tech|
		science|health|travel|video|videos|photos|pictures|podcasts|live|local|national|international|weather|markets|
		africa|asia|asia pacific|europe|middle east|americas|latin america|us news|world news|top news|top stories|breaking news|
		print|print this|print this page|email|e mail|mail|share|share this|share this article|share this story|share on|tweet|like|pin|pin it|save|
		facebook|twitter|x|whatsapp|linkedin|reddit|telegram|pinterest|instagram|youtube|tiktok|flipboard|messenger|copy link|
		copy url|link copied|listen|listen to this article|watch|play|pause|mute|unmute|fullscreen|a a|text size|font size|
		increase font size|decrease font size|bookmark|follow|follow us|like us|join us|contact|contact us|about|about us|help|faq|
		advertise|advertise with us|careers|jobs|sitemap|site map|rss|rss feed|archive|archives|newsletter|newsletters|apps|mobile|
		terms|terms of use|terms of service|terms and conditions|privacy|privacy policy|cookie policy|cookies|accept|accept all|
		accept cookies|reject all|manage preferences|cookie settings|ok|got it|yes|no|next|previous|prev|more|see more|see all|
		view all|show more|load more|expand|all|image|photo|file photo|photo credit|getty images|ap photo|afp photo|
		staff writer|staff reporter|correspondent|editor|by staff|online desk|web desk|news desk|from our correspondent|
		e paper|epaper|print edition|today s paper|english|edition|us edition|international edition|change edition|
		comment|no comments|no comments yet|leave a comment|add comment|add a comment|post a comment|0 comments|write a comment|
		end of list|report a typo|report an error|suggest a correction|correction|loading|please wait|published|updated|last updated|posted|
		min read|mins read|minute read|minutes read|min|mins|views|shares|likes|comments off`)

	// The beginning of the paragraph.
	asideStarts = []string{
		"share this ", "share on ", "share via ", "tweet this", "click here", "click to ", "tap here", "sign up for", "sign up to ", "subscribe to ",
		"subscribe for ", "already a subscriber", "already have an account", "follow us on", "follow bbc", "like us on", "join us on", "find us on",
		"download our ", "download the app", "get our ", "get the latest ", "get breaking news", "get notified", "stay up to date", "stay connected", "stay informed",
		"support our journalism", "become a member", "become a subscriber", "donate to ",
		"photo by ", "photo credit", "photo courtesy", "photograph by", "photos by", "image credit", "image source", "image via", "picture credit",
		"all rights reserved", "reporting by ", "additional reporting", "editing by ", "writing by ", "compiled by ", "edited by ", "with inputs from", "with input from", "with agency inputs",
		"with files from", "with reporting from", "with reporting by", "source reuters", "source ap", "source afp", "source agencies", "source xinhua", "source bbc", "source bloomberg",
		"contact the ", "contact us", "email the ", "e mail the ", "write to us", "the writer is ", "the views expressed", "views expressed", "opinions expressed",
		"skip to ", "we use cookies", "this site uses cookies", "this website uses cookies", "our website uses cookies", "by continuing to", "by clicking ", "by signing up",
		"by subscribing", "your browser ", "please enable ", "please turn on javascript", "javascript is ", "please log in", "please sign in", "please subscribe", "you have reached your ", "you have read ",
		"to continue reading", "video player", "watch live", "watch the video", "watch video", "watch now", "listen to this", "listen live",
		"story continues ", "article continues ", "continue reading ", "first published on", "first published in", "originally published", "this article was first published", "this article was originally",
		"this story was originally", "this article first appeared", "this article originally appeared", "this story first appeared", "this article is republished",
		"this story has been published from", "except for the headline", "add as a preferred", "set as preferred", "a version of this article", "this article is more than", "this story is more than", "this is a developing story", "this is a breaking news", "this story is developing", "this is a breaking story", "this story has been updated", "this article has been updated",
		"this story will be updated", "this article will be updated", "more to follow", "more details to follow", "sorry this video",
		"got a tip", "send us ", "have a tip", "was this article", "did you find ", "rate this", "how useful", "report this ad",
		"have something to say", "save my name", "your email address", "required fields", "notify me of", "enter your email", "be the first to",
	}

	// The beginning of a line that files the article, a short line that is no
	// sentence.
	sectionStarts = []string{"filed under", "filed in", "posted in", "published in", "tagged", "tagged with", "tagged as", "jump to"}

	// The beginning of a label with its value, a short line that is no sentence:
	// "Tags: Korea, cyber security".
	labelStarts = []string{
		"credit", "credits", "copyright", "c 19", "c 20", "filed under", "posted in", "posted by", "tagged", "tags", "tag", "topics", "categories", "category", "keywords", "in this topic",
		"section", "you are here", "source", "sources", "via", "photo", "photos", "image", "images", "picture", "file photo", "video", "location", "language", "listen", "author", "editor", "reporter", "writer",
		"do you have", "tell us", "let us know", "thank you for", "thanks for", "support independent", "donate to", "join our", "this content is", "this video", "republished",
	}

	// Anywhere in a paragraph that is no longer than two or three sentences.
	asideParts = []string{
		"all rights reserved", "terms of service", "terms of use", "privacy policy", "cookie policy", "use cookies", "accept cookies", "sign up for our", "subscribe to our", "our newsletter",
		"free newsletter", "daily newsletter", "weekly newsletter", "to your inbox", "in your inbox", "follow us on", "download our app", "download the app", "download our free", "ad blocker",
		"adblocker", "enable javascript", "may not be published broadcast", "may not be reproduced", "contributed to this report", "contributed to this article",
		"contributed reporting", "contributed to this story", "click here to", "click on the link", "for more information visit", "for more news", "read the full story", "read the original",
		"newspaper s website", "whatsapp channel", "telegram channel", "youtube channel", "google news", "latest news and", "help us improve", "create an account", "create a free account", "free trial",
	}

	// The beginning of a line that announces other stories.
	teaserStarts = []string{
		"also read", "read also", "also see", "see also", "also on ", "also watch", "read more", "learn more", "read next", "read this", "read here", "must read", "must reads", "more on this", "more about this", "more on ",
		"related", "you may also", "you might also", "you might like", "recommended", "suggested", "editor s pick", "editors pick", "editor s choice", "don t miss", "dont miss", "in case you missed",
		"watch ", "in pictures", "in photos", "in this story", "in this article", "further reading", "explained ", "explainer ", "opinion ", "analysis ", "live ", "key takeaways",
		"what to read next", "up next", "related coverage", "related articles", "related stories", "related news", "related topics", "story highlights",
	}

	// The beginning of a line after which the rest of the page follows.
	closingStarts = []string{
		"previous story", "next story", "previous article", "next article", "previous post", "next post", "older post", "newer post", "latest from", "more from", "more stories", "more top stories",
		"other news from", "other stories", "latest news from", "recent posts", "recent articles", "recent stories", "recent comments", "top stories from", "most read", "most popular", "most viewed", "most shared",
		"popular posts", "popular stories", "popular articles", "popular now", "editor s picks", "editors picks", "don t miss", "dont miss", "you may have missed", "you may also like", "you might also like",
		"recommended for you", "recommended stories", "recommended videos", "from the web", "around the web", "from our partners", "sponsored stories", "sponsored links", "promoted stories", "promoted links",
		"by taboola", "by outbrain", "what others are reading", "read next", "what to read next", "top stories", "most watched", "more on this story", "post navigation", "suggested topics",
		"related stories", "related articles", "related news", "related posts", "related content", "related links", "related topics", "related coverage",
	}

	// The whole of such a line, numbers aside.
	closingLines = phraseSet(`
		trending|trending now|trending stories|trending news|trending topics|latest|latest news|latest stories|latest articles|latest posts|
		latest headlines|latest videos|recent news|top stories|top news|more news|more in world|more in politics|more in asia|in other news|what s new|on this topic|our standards|elsewhere|popular|featured|
		featured stories|spotlight|headlines|related|recommended|suggested|you may like|also in news|also in world|next up|up next|tags|topics|sources|external links|references|site index`)

	// The beginning and the whole of a line that ends the article for good.
	endingStarts = []string{
		"join the conversation", "join the discussion", "leave a reply", "leave a comment", "post a comment", "add a comment", "view comments", "show comments", "read comments",
		"share or comment on", "about the author", "about the writer", "quick links", "useful links", "connect with us", "media contact", "press contact", "for media inquiries", "notes to editors",
	}
	endingLines = phraseSet(`comments|comment|company|about us|contacts|contact|disclaimer|reader comments|your comments|ends|our standards`)
)

// agencies, alone or joined by "and", are a credit.
var agencies = wordSet(`reuters ap afp upi dpa ani pti ians efe tass xinhua yonhap kyodo anadolu aa bloomberg agencies agency wires wire
	associated press agence france presse trtworld news staff staffs and with from source sources report reports online desk web the service services network
	bureau team writer writers correspondent correspondents reporter reporters`)

// classify tells furniture by the words of a paragraph.
func classify(p *paragraph) furniture {
	key := p.Key
	if key == "" {
		return aside // rules, bullets, arrows
	}
	if _, _, date := readDateLine(p.Text); date {
		if strings.HasPrefix(key, "published in ") {
			return aside // where it was printed
		}
		return noFurniture // it is for clean to say whose date it is
	}
	bare := withoutNumbers(key)
	heading := p.Words <= 6 && !p.Sentence
	switch {
	case heading && endingLines[bare], p.Words <= 20 && !p.Sentence && hasPrefixWord(endingStarts, key):
		return ending
	case heading && (closingLines[bare] || hasPrefixWord(closingStarts, key)):
		return closing
	case bare == "" || asideLines[bare] || asideLines[key]:
		return aside
	case p.Words <= 25 && hasPrefixWord(teaserStarts, key) && announces(p):
		return teaser
	case p.Words <= 15 && !p.Sentence && (hasPrefixWord(sectionStarts, key) || hasPrefixWord(labelStarts, key) && labelled(p.Text)):
		return aside
	case p.Words <= 60 && hasPrefixWord(asideStarts, key) && !quoted(p.Text):
		return aside
	case p.Words <= 80 && !quoted(p.Text) && slices.ContainsFunc(asideParts, func(s string) bool { return strings.Contains(key, s) }):
		return aside
	case p.Words <= 12 && !p.Sentence && allWords(key, agencies):
		return aside
	case byline(p), menu(p), weather(p), address(p), addressesReader(p), introducesAuthor(p):
		return aside
	}
	return noFurniture
}

// phraseSet makes a set of phrases that are parted by bars.
func phraseSet(list string) map[string]bool {
	set := make(map[string]bool)
	for _, s := range strings.Split(list, "|") {
		set[strings.Join(strings.Fields(s), " ")] = true
	}
	return set
}

// hasPrefixWord reports whether key begins with one of the phrases, and a word
// ends there.
func hasPrefixWord(phrases []string, key string) bool {
	return slices.ContainsFunc(phrases, func(s string) bool {
		return strings.HasPrefix(key, s) && (len(key) == len(s) || strings.HasSuffix(s, " ") || key[len(s)] == ' ')
	})
}

// withoutNumbers drops the words of key that are numbers.
func withoutNumbers(key string) string {
	if strings.IndexFunc(key, unicode.IsDigit) < 0 {
		return key
	}
	var out []string
	for _, w := range strings.Fields(key) {
		if number(w) < 0 {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// announces reports whether a line that begins like a teaser is one: the phrase
// stands alone or a colon, a bar or an arrow ends it, or it is all in capitals.
// "Related talks were held in Geneva." and "Watch groups protested" are not.
func announces(p *paragraph) bool {
	if p.Words <= 3 && !p.Sentence {
		return true
	}
	head := p.Text[:min(len(p.Text), 40)]
	if i := strings.IndexAny(head, ":|>»›→"); i > 0 && len(strings.Fields(head[:i])) <= 4 {
		return true
	}
	words := strings.Fields(p.Text)
	return len(words) > 1 && isCapitals(words[0]) && isCapitals(words[1])
}

// labelled reports whether a line has its label set off, by a colon or a bar, or
// begins with the sign of a copyright.
func labelled(s string) bool {
	i := strings.IndexAny(s, ":|/©")
	return i >= 0 && i < 40
}

// isCapitals reports whether w has two letters or more and no small one.
func isCapitals(w string) bool {
	n := 0
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n > 1
}

// quoted reports whether a paragraph opens with someone's words.
func quoted(s string) bool { return strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "“") }

func allWords(key string, set map[string]bool) bool {
	for _, w := range strings.Fields(key) {
		if !set[w] {
			return false
		}
	}
	return true
}

// byline reports lines like "By Jane Doe, Staff Writer", "BY JANE DOE
// [doe@paper.com]" and "Jane Doe in Geneva | Reuters".
func byline(p *paragraph) bool {
	if p.Words > 14 || p.Sentence {
		return false
	}
	text := p.Text
	words := strings.Fields(text)
	if p.Words <= 10 && slices.ContainsFunc(words, isEmail) {
		return true
	}
	if len(words) < 2 || !strings.EqualFold(strings.TrimSuffix(words[0], ":"), "by") {
		return false
	}
	for _, w := range words[1:] {
		r := firstLetter(strings.TrimLeft(w, `("'[|-–—,`))
		if unicode.IsLower(r) && !bylineWords[strings.Trim(w, ",.|")] {
			return false
		}
	}
	return unicode.IsUpper(firstLetter(words[1]))
}

// isEmail reports an address such as "[jane.doe@paper.com]".
func isEmail(w string) bool {
	name, host, ok := strings.Cut(strings.Trim(w, "[]()<>,;"), "@")
	return ok && name != "" && strings.Contains(strings.Trim(host, "."), ".")
}

var bylineWords = wordSet(`and with for in of the at staff writer reporter correspondent editor de la van von der den bin al el di da`)

// menu reports lines of links: "Home | World | Politics", "Home > World > Asia".
func menu(p *paragraph) bool {
	if p.Sentence {
		return false
	}
	parts := 1 + strings.Count(p.Text, " | ") + strings.Count(p.Text, " > ") + strings.Count(p.Text, " » ") + strings.Count(p.Text, " › ") + strings.Count(p.Text, " • ") + strings.Count(p.Text, " / ") + strings.Count(p.Text, " · ")
	return parts >= 3 && p.Words <= 5*parts
}

// weather reports lines like "74.9 F" and "Seoul 12°C".
func weather(p *paragraph) bool {
	if p.Words > 6 {
		return false
	}
	for _, w := range strings.Fields(p.Text) {
		if strings.Contains(w, "°") {
			return true
		}
	}
	rest := withoutNumbers(strings.TrimSpace(p.Key))
	return (rest == "f" || rest == "c") && strings.IndexFunc(p.Text, unicode.IsDigit) >= 0
}

// readerWords are what a site uses when it speaks to its reader about itself.
var readerWords = wordSet(`subscribe subscriber subscribers subscription newsletter newsletters inbox browser
	device cookie cookies app apps click clicking tap sign login log download account email e mail unlock article articles
	stories story headlines updates tips tip newsroom advertisement ads member membership journalism content page website site
	register free trial offer cancel anytime join follow support share notifications partners personal data preferences
	website contact please accept consent agree exclusive unlimited access benefits reader readers stay tuned delivered podcast download channel`)

// addressesReader reports a paragraph in which the site speaks of itself: "You
// have two free articles left", "Get our newsletter". Speech in the news talks to
// "you" too, but it is quoted or reported.
func addressesReader(p *paragraph) bool {
	if p.Words < 4 || p.Words > 60 || strings.ContainsAny(p.Text, "“”\"") && p.Words > 30 {
		return false
	}
	hits := make(map[string]bool)
	address := false
	for _, w := range strings.Fields(p.Key) {
		switch w {
		case "said", "says", "told", "saying", "he", "she", "they":
			return false
		case "you", "your", "our", "here":
			address = true
			hits["you"] = true
		case "please", "subscribe", "newsletter", "newsletters", "sign", "login", "click", "download", "member":
			address = true
		}
		if readerWords[w] {
			hits[w] = true
		}
	}
	return address && (len(hits) >= 4 || len(hits) >= 3 && p.Words <= 25 || len(hits) >= 2 && p.Words <= 8)
}

// introducesAuthor reports lines like "Jane Doe has covered the Balkans from
// Vienna since 2014" and "Jane is a reporter based in Vienna".
func introducesAuthor(p *paragraph) bool {
	if p.Words > 45 || p.Words < 6 || quoted(p.Text) {
		return false
	}
	key := " " + p.Key + " "
	if !slices.ContainsFunc(authorVerbs, func(s string) bool { i := strings.Index(key, s); return i > 0 && i < 40 }) {
		return false
	}
	return slices.ContainsFunc(authorWords, func(s string) bool { return strings.Contains(key, s) })
}

var (
	authorVerbs = []string{" is a ", " is an ", " is the ", " is our ", " has covered "}
	authorWords = []string{" has covered ", " covers ", " covering ", " writes about ", " writes on ", " reporter based ", " reporter at ", " reporter for ", " correspondent based ", " journalist based ",
		" freelance journalist ", " staff writer ", " columnist for ", " all posts by ", " contributing writer ", " contributing editor "}
)

// address reports lines that are an address in the web or little more.
func address(p *paragraph) bool {
	return p.Words <= 8 && !p.Sentence && (strings.HasPrefix(p.Text, "http://") || strings.HasPrefix(p.Text, "https://") || strings.HasPrefix(p.Text, "www.") || strings.HasPrefix(p.Text, "@") || strings.HasPrefix(p.Text, "#"))
}
