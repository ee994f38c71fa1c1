package pipeline

import (
	"slices"
	"strings"
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
	asideStarts = byFirstWord(
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
	)

	// The beginning of a line that files the article, a short line that is no
	// sentence.
	sectionStarts = byFirstWord("filed under", "filed in", "posted in", "published in", "tagged", "tagged with", "tagged as", "jump to")

	// The beginning of a label with its value, a short line that is no sentence:
	// "Tags: Korea, cyber security".
	labelStarts = byFirstWord(
		"credit", "credits", "copyright", "c 19", "c 20", "filed under", "posted in", "posted by", "tagged", "tags", "tag", "topics", "categories", "category", "keywords", "in this topic",
		"section", "you are here", "source", "sources", "via", "photo", "photos", "image", "images", "picture", "file photo", "video", "location", "language", "listen", "author", "editor", "reporter", "writer",
		"do you have", "tell us", "let us know", "thank you for", "thanks for", "support independent", "donate to", "join our", "this content is", "this video", "republished",
	)

	// Anywhere in a paragraph that is no longer than two or three sentences.
	asideParts = byLongestWord(
		"all rights reserved", "terms of service", "terms of use", "privacy policy", "cookie policy", "use cookies", "accept cookies", "sign up for our", "subscribe to our", "our newsletter",
		"free newsletter", "daily newsletter", "weekly newsletter", "to your inbox", "in your inbox", "follow us on", "download our app", "download the app", "download our free", "ad blocker",
		"adblocker", "enable javascript", "may not be published broadcast", "may not be reproduced", "contributed to this report", "contributed to this article",
		"contributed reporting", "contributed to this story", "click here to", "click on the link", "for more information visit", "for more news", "read the full story", "read the original",
		"newspaper s website", "whatsapp channel", "telegram channel", "youtube channel", "google news", "latest news and", "help us improve", "create an account", "create a free account", "free trial",
	)

	// The beginning of a line that announces other stories.
	teaserStarts = byFirstWord(
		"also read", "read also", "also see", "see also", "also on ", "also watch", "read more", "learn more", "read next", "read this", "read here", "must read", "must reads", "more on this", "more about this", "more on ",
		"related", "you may also", "you might also", "you might like", "recommended", "suggested", "editor s pick", "editors pick", "editor s choice", "don t miss", "dont miss", "in case you missed",
		"watch ", "in pictures", "in photos", "in this story", "in this article", "further reading", "explained ", "explainer ", "opinion ", "analysis ", "live ", "key takeaways",
		"what to read next", "up next", "related coverage", "related articles", "related stories", "related news", "related topics", "story highlights",
	)

	// The beginning of a line after which the rest of the page follows.
	closingStarts = byFirstWord(
		"previous story", "next story", "previous article", "next article", "previous post", "next post", "older post", "newer post", "latest from", "more from", "more stories", "more top stories",
		"other news from", "other stories", "latest news from", "recent posts", "recent articles", "recent stories", "recent comments", "top stories from", "most read", "most popular", "most viewed", "most shared",
		"popular posts", "popular stories", "popular articles", "popular now", "editor s picks", "editors picks", "don t miss", "dont miss", "you may have missed", "you may also like", "you might also like",
		"recommended for you", "recommended stories", "recommended videos", "from the web", "around the web", "from our partners", "sponsored stories", "sponsored links", "promoted stories", "promoted links",
		"by taboola", "by outbrain", "what others are reading", "read next", "what to read next", "top stories", "most watched", "more on this story", "post navigation", "suggested topics",
		"related stories", "related articles", "related news", "related posts", "related content", "related links", "related topics", "related coverage",
	)

	// The whole of such a line, numbers aside.
	closingLines = phraseSet(`
		trending|trending now|trending stories|trending news|trending topics|latest|latest news|latest stories|latest articles|latest posts|
		latest headlines|latest videos|recent news|top stories|top news|more news|more in world|more in politics|more in asia|in other news|what s new|on this topic|our standards|elsewhere|popular|featured|
		featured stories|spotlight|headlines|related|recommended|suggested|you may like|also in news|also in world|next up|up next|tags|topics|sources|external links|references|site index`)

	// The beginning and the whole of a line that ends the article for good.
	endingStarts = byFirstWord(
		"join the conversation", "join the discussion", "leave a reply", "leave a comment", "post a comment", "add a comment", "view comments", "show comments", "read comments",
		"share or comment on", "about the author", "about the writer", "quick links", "useful links", "connect with us", "media contact", "press contact", "for media inquiries", "notes to editors",
	)
	endingLines = phraseSet(`comments|comment|company|about us|contacts|contact|disclaimer|reader comments|your comments|ends|our standards`)
)

// agencies, alone or joined by "and", are a credit.
var agencies = wordSet(`reuters ap afp upi dpa ani pti ians efe tass xinhua yonhap kyodo anadolu aa bloomberg agencies agency wires wire
	associated press agence france presse trtworld news staff staffs and with from source sources report reports online desk web the service services network
	bureau team writer writers correspondent correspondents reporter reporters`)

// phraseSet makes a set of phrases that are parted by bars.
func phraseSet(list string) map[string]bool {
	set := make(map[string]bool)
	for _, s := range strings.Split(list, "|") {
		set[strings.Join(strings.Fields(s), " ")] = true
	}
	return set
}

// starts holds phrases by their first word.
type starts map[string][]string

func byFirstWord(phrases ...string) starts {
	x := make(starts)
	for _, s := range phrases {
		first, _, _ := strings.Cut(s, " ")
		x[first] = append(x[first], s)
	}
	return x
}

// begin reports whether key begins with one of the phrases, and a word ends there.
// After a phrase with a space at its end, something must follow.
func (x starts) begin(key string) bool {
	first, _, _ := strings.Cut(key, " ")
	return slices.ContainsFunc(x[first], func(s string) bool {
		return strings.HasPrefix(key, s) && (len(key) == len(s) || strings.HasSuffix(s, " ") || key[len(s)] == ' ')
	})
}

// parts holds phrases by their longest word.
type parts map[string][]string

func byLongestWord(phrases ...string) parts {
	x := make(parts)
	for _, s := range phrases {
		longest := ""
		for _, w := range strings.Fields(s) {
			if len(w) > len(longest) {
				longest = w
			}
		}
		x[longest] = append(x[longest], s)
	}
	return x
}

// in reports whether key holds one of the phrases as whole words.
func (x parts) in(key string) bool {
	for w := range strings.FieldsSeq(key) {
		for _, s := range x[w] {
			if strings.Contains(" "+key+" ", " "+s+" ") {
				return true
			}
		}
	}
	return false
}
