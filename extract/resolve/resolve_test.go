package resolve

import (
	"slices"
	"strings"
	"testing"

	"parley/extract/internal/marked"
	"parley/extract/nominal"
	"parley/pipeline"
)

// resolved runs nominals and resolution over a text with marked names.
func resolved(t *testing.T, text string) *pipeline.Document {
	t.Helper()
	d, err := marked.Document(text)
	if err != nil {
		t.Fatal(err)
	}
	finder, err := nominal.New()
	if err != nil {
		t.Fatal(err)
	}
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	finder.Run(d)
	r.Run(d)
	return d
}

// nth is the entity of the n-th mention, from 1, that reads so, or nil.
func nth(d *pipeline.Document, text string, n int) *pipeline.Entity {
	var at []int
	for i := range d.Mentions {
		if d.In(d.Mentions[i].Span) == text && d.Mentions[i].Entity >= 0 {
			at = append(at, i)
		}
	}
	slices.SortFunc(at, func(a, b int) int { return d.Mentions[a].Start - d.Mentions[b].Start })
	if len(at) < n {
		return nil
	}
	return &d.Entities[d.Mentions[at[n-1]].Entity]
}

// mention splits "he#2" into the text and which of its mentions is meant.
func mention(d *pipeline.Document, s string) *pipeline.Entity {
	text, number, numbered := strings.Cut(s, "#")
	if !numbered {
		return nth(d, text, 1)
	}
	return nth(d, text, int(number[0]-'0'))
}

func TestOneEntityOrTwo(t *testing.T) {
	for _, c := range []struct {
		name, text string
		same       []string // pairs "a=b" in one entity
		apart      []string // pairs "a=b" in two
	}{
		{"adjective of a state", "[[Sudan|GPE]] protested. [[Sudanese|NORP]] officials called it a threat.", []string{"Sudan=Sudanese"}, nil},
		{"private people", "[[Sudan|GPE]] protested. [[Sudanese|NORP]] refugees fled.", nil, []string{"Sudan=Sudanese"}},
		{"firms are private", "[[China|GPE]] protested the penalties on two [[Chinese|NORP]] companies.", nil, []string{"China=Chinese"}},
		{"for or against the state", "[[Japan|GPE]] complained about anti-[[Japanese|NORP]] protests.", []string{"Japan=Japanese"}, nil},
		{"people beside a state", "[[Israel|GPE]] and the [[Palestinians|NORP]] resumed talks. The [[Palestinian|NORP]] president agreed.", []string{"Palestinians=Palestinian"}, nil},
		{"capital that acts", "[[Russia|GPE]] sent troops. [[Moscow|GPE]] says they will leave.", []string{"Russia=Moscow"}, nil},
		{"capital as a place", "[[Russia|GPE]] hosted the talks. They met in [[Moscow|GPE]] on Friday.", nil, []string{"Russia=Moscow"}},
		{"capital with a policy", "[[China|GPE]] is angry. The envoy criticized [[Beijing|GPE]]'s decision.", []string{"China=Beijing"}, nil},
		{"capital with streets", "[[China|GPE]] is angry. Crowds filled [[Beijing|GPE]]'s streets.", nil, []string{"China=Beijing"}},
		{"capital under sanctions", "[[Iran|GPE]] refused. They imposed sanctions on [[Tehran|GPE]].", []string{"Iran=Tehran"}, nil},
		{"trip to a capital", "[[Iran|GPE]] refused. He canceled a trip to [[Tehran|GPE]].", nil, []string{"Iran=Tehran"}},
		{"capitals joined by and", "[[Iran|GPE]] and [[Iraq|GPE]] signed. [[Tehran|GPE]] and [[Baghdad|GPE]] say it helps.", []string{"Iran=Tehran", "Iraq=Baghdad"}, nil},
		{"evidence from a capital", "[[Japan|GPE]] waits for evidence from [[Tokyo|GPE]].", []string{"Japan=Tokyo"}, nil},
		{"the North", "[[North Korea|GPE]] fired a rocket. The [[North|GPE]] denied it, the [[South|GPE]] protested.", []string{"North Korea=North"}, []string{"North=South"}},
		{"family name", "[[Tony Blair|PERSON]] arrived. Mr. [[Blair|PERSON]] spoke.", []string{"Tony Blair=Blair"}, nil},
		{"family name first", "[[Ban Ki-moon|PERSON]] arrived. [[Ban|PERSON]] spoke.", []string{"Ban Ki-moon=Ban"}, nil},
		{"particle left out", "[[Bashar al-Assad|PERSON]] agreed. Mr. [[Assad|PERSON]] will travel.", []string{"Bashar al-Assad=Assad"}, nil},
		{"two bearers", "[[Nawaz Sharif|PERSON]] and [[Shahbaz Sharif|PERSON]] won. [[Sharif|PERSON]] will lead.", nil, []string{"Nawaz Sharif=Shahbaz Sharif", "Nawaz Sharif=Sharif", "Shahbaz Sharif=Sharif"}},
		{"two bearers, one with the title", "President [[George Bush|PERSON]] came with [[Laura Bush|PERSON]]. President [[Bush|PERSON]] spoke.", []string{"George Bush=Bush"}, []string{"Laura Bush=Bush"}},
		{"acronym introduced", "The [[Awami National Party|ORG]] ([[ANP|ORG]]) won. The [[ANP|ORG]] will govern.", []string{"Awami National Party=ANP", "ANP=ANP#2"}, nil},
		{"acronym from the list", "The [[International Atomic Energy Agency|ORG]] met. [[IAEA|ORG]] inspectors left.", []string{"International Atomic Energy Agency=IAEA"}, nil},
		{"part of the name is another body", "The [[United Nations|ORG]] met. The [[United Nations Development Program|ORG]] paid.", nil, []string{"United Nations=United Nations Development Program"}},
		{"ministries of two states", "[[China|GPE]]'s [[Foreign Ministry|ORG]] agreed. [[Japan|GPE]]'s [[Foreign Ministry|ORG]] refused.", nil, []string{"Foreign Ministry=Foreign Ministry#2"}},
		{"short form", "The [[Gaza Strip|LOC]] is closed. Trucks left [[Gaza|LOC]].", []string{"Gaza Strip=Gaza"}, nil},
		{"office before the name is known", "[[Peru|GPE]]'s foreign minister resigned. Foreign Minister [[Ana Soto|PERSON]] gave no reason.", []string{"Peru's foreign minister=Ana Soto"}, nil},
		{"leader of a state", "[[Iraqi|NORP]] Prime Minister [[Nouri al-Maliki|PERSON]] met [[Iranian|NORP]] President [[Hassan Rouhani|PERSON]]. The [[Iraqi|NORP]] leader left early.", []string{"The Iraqi leader=Nouri al-Maliki"}, []string{"The Iraqi leader=Hassan Rouhani"}},
		{"ministry", "[[Egypt|GPE]]'s [[Interior Ministry|ORG]] denied it. The ministry blamed the weather.", []string{"Interior Ministry=The ministry"}, nil},
		{"the rebels", "[[FARC|ORG]] freed two men. The rebels want talks.", []string{"FARC=The rebels"}, nil},
		{"government of the state", "[[Colombia|GPE]] offered talks. The government wants peace.", []string{"Colombia=The government"}, nil},
		{"he", "[[Mwai Kibaki|PERSON]] resigned. He gave no reason.", []string{"Mwai Kibaki=He"}, nil},
		{"she is no mister", "[[Ana Soto|PERSON]] met Mr. [[Putin|PERSON]]. She asked for help.", []string{"Ana Soto=She"}, []string{"Putin=She"}},
		{"object of his own verb", "[[Hugo Chavez|PERSON]] came with [[Evo Morales|PERSON]]. Mr. [[Chavez|PERSON]] praised him.", nil, []string{"Hugo Chavez=him"}},
		{"it", "[[Norway|GPE]] signed the treaty. It will send aid.", []string{"Norway=It"}, nil},
	} {
		d := resolved(t, c.text)
		for _, pair := range c.same {
			a, b, _ := strings.Cut(pair, "=")
			if x, y := mention(d, a), mention(d, b); x == nil || x != y {
				t.Errorf("%s: %q and %q are not one entity in %q", c.name, a, b, d.Text)
			} else if len(x.Why) == 0 {
				t.Errorf("%s: nothing says why %q and %q are one", c.name, a, b)
			}
		}
		for _, pair := range c.apart {
			a, b, _ := strings.Cut(pair, "=")
			if x, y := mention(d, a), mention(d, b); x == nil || y == nil || x == y {
				t.Errorf("%s: %q and %q are not two entities in %q", c.name, a, b, d.Text)
			}
		}
	}
}

func TestGroups(t *testing.T) {
	for _, c := range []struct {
		text, plural string
		want         []string
	}{
		{"[[South Korea|GPE]] and the [[United States|GPE]] discussed [[North Korea|GPE]]. The two sides agreed.", "The two sides", []string{"South Korea", "United States"}},
		{"[[Chad|GPE]] closed its border with [[Sudan|GPE]]. Both countries sent troops.", "Both countries", []string{"Chad", "Sudan"}},
		{"[[Hugo Chavez|PERSON]] met [[Colombian|NORP]] President [[Alvaro Uribe|PERSON]]. The two presidents signed a pact.", "The two presidents", []string{"Hugo Chavez", "Alvaro Uribe"}},
		{"Mr. [[Preval|PERSON]] met [[Hugo Chavez|PERSON]]. They discussed oil.", "They", []string{"Preval", "Hugo Chavez"}},
		{"[[Japan|GPE]], [[China|GPE]] and [[South Korea|GPE]] signed. The three countries will trade.", "The three countries", []string{"Japan", "China", "South Korea"}},
	} {
		d := resolved(t, c.text)
		var got []string
		if e := mention(d, c.plural); e != nil {
			for _, m := range e.Members {
				got = append(got, d.Entities[m].Name)
			}
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: members of %q are %q, want %q", d.Text, c.plural, got, c.want)
		}
	}
}

func TestWhoseTheyAre(t *testing.T) {
	for _, c := range []struct{ text, phrase, country string }{
		{"[[Iran|GPE]] said that its troops withdrew.", "its troops", "IRN"},
		{"[[Russia|GPE]] attacked its neighbor.", "its neighbor", ""},
	} {
		d := resolved(t, c.text)
		if e := mention(d, c.phrase); e == nil || e.Country != c.country {
			t.Errorf("%q: %q has %+v, want country %q", d.Text, c.phrase, e, c.country)
		}
	}
}

func TestCountriesSectorsAndPlaces(t *testing.T) {
	d := resolved(t, "[[Burmese|NORP]] General [[Than Shwe|PERSON]] received the [[Red Cross|ORG]] in [[Hyderabad|GPE]], [[Pakistan|GPE]].\n"+
		"The former [[Soviet Union|GPE]] and [[Tarija|GPE]] in [[Bolivia|GPE]] were named. [[Thailand|GPE]]'s police chief [[Som Chai|PERSON]] spoke. [[Lee Jun-il|PERSON]], the [[Foreign Ministry|ORG]]'s director-general, left.")
	for _, c := range []struct {
		mention, name, country, sector string
		placed                         bool
	}{
		{"Burmese", "Myanmar", "MMR", "GOV", false},
		{"Than Shwe", "Than Shwe", "MMR", "MIL", false},
		{"Hyderabad", "Hyderabad", "PAK", "", true},
		{"Soviet Union", "Soviet Union", "SUN", "GOV", false},
		{"Tarija", "Tarija", "BOL", "", true},
		{"Som Chai", "Som Chai", "THA", "COP", false},
		{"Lee Jun-il", "Lee Jun-il", "", "GOV", false},
	} {
		e := mention(d, c.mention)
		if e == nil {
			t.Errorf("%q has no entity", c.mention)
			continue
		}
		if e.Name != c.name || e.Country != c.country || e.Sector != c.sector || (e.Place.GeoNames > 0) != c.placed {
			t.Errorf("%q: got %q %s %s %v, want %+v", c.mention, e.Name, e.Country, e.Sector, e.Place, c)
		}
	}
}

// The same state, body and person have one id in two articles; a family name
// alone has not.
func TestEntityIDsAcrossArticles(t *testing.T) {
	a := resolved(t, "[[Russian|NORP]] diplomats met the [[European Union|ORG]]. [[Sergei Lavrov|PERSON]] spoke with [[Kim|PERSON]].")
	b := resolved(t, "[[Russia|GPE]] and [[Sergei Lavrov|PERSON]] thanked the [[European Union|ORG]] and [[Kim|PERSON]].")
	b.ID = "other"
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	r.Run(b)
	for _, pair := range [][2]string{{"Russian", "Russia"}, {"European Union", "European Union"}, {"Sergei Lavrov", "Sergei Lavrov"}} {
		if x, y := mention(a, pair[0]).ID, mention(b, pair[1]).ID; x != y {
			t.Errorf("%q is %s in one article and %q is %s in the other", pair[0], x, pair[1], y)
		}
	}
	if x, y := mention(a, "Kim").ID, mention(b, "Kim").ID; x == y {
		t.Errorf("two articles that name only a Kim share the id %s", x)
	}
	ids := map[string]bool{}
	for _, e := range a.Entities {
		if ids[e.ID] {
			t.Errorf("two entities of one article have the id %s", e.ID)
		}
		ids[e.ID] = true
	}
}

func TestOffices(t *testing.T) {
	d := resolved(t, "[[Norway|GPE]] protested. Its foreign minister, [[Jonas Store|PERSON]], met former [[Thai|NORP]] premier [[Thaksin Shinawatra|PERSON]].")
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, rel := range r.Offices(d) {
		got = append(got, rel.Text+"; "+string(rel.Status))
	}
	want := []string{"Jonas Store is foreign minister of Norway; Happened", "Thaksin Shinawatra was premier of Thailand; Historical"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzResolve(f *testing.F) {
	f.Add("[[Iran|GPE]] and [[Iraq|GPE]]'s Mr. [[X|PERSON]], the leader, met. They, it.")
	f.Add("[[-|ORG]] ([[A|NORP]]) [['s|GPE]] both of the two sides' [[Monday|DATE]]")
	finder, err := nominal.New()
	if err != nil {
		f.Fatal(err)
	}
	r, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			return
		}
		d, err := marked.Document(strings.ToValidUTF8(text, "?"))
		if err != nil {
			return
		}
		finder.Run(d)
		r.Run(d)
		for i, m := range d.Mentions {
			if m.Entity >= 0 && !slices.Contains(d.Entities[m.Entity].Mentions, i) {
				t.Errorf("mention %d points at an entity that does not have it", i)
			}
		}
		r.Offices(d)
	})
}
