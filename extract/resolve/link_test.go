package resolve

import (
	"testing"

	"parley/pipeline"
)

func TestSamePerson(t *testing.T) {
	person := func(name, country string) *pipeline.Entity {
		return &pipeline.Entity{Type: pipeline.Person, Name: name, Country: country}
	}
	for _, c := range []struct {
		a, b *pipeline.Entity
		want bool
	}{
		{person("Park Jun-ho", "KOR"), person("Park Joon-ho", "KOR"), true},
		{person("Hideo Tanaka", "JPN"), person("Tanaka Hideo", ""), true},
		{person("Mohammed Haddad", "JOR"), person("Muhammad Haddad", "JOR"), true},
		{person("Bashar al-Assad", "SYR"), person("Bashar Assad", "SYR"), true},
		{person("Sergey Ivanov", "RUS"), person("Sergei Ivanov", ""), true},
		{person("José Pérez", ""), person("Jose Perez", ""), true},
		{person("Park Jun-ho", "KOR"), person("Park Joon-ho", "PRK"), false},
		{person("Sharif", "PAK"), person("Sharif", "PAK"), false},
		{person("Nawaz Sharif", "PAK"), person("Shahbaz Sharif", "PAK"), false},
		{person("Kim Jong-il", "PRK"), person("Kim Jong-un", "PRK"), false},
		{person("George Bush", "USA"), person("Laura Bush", "USA"), false},
		{person("Li Peng", "CHN"), person("Li Bing", "CHN"), false},
	} {
		why, got := SamePerson(c.a, c.b)
		if got != c.want || got != (len(why) > 0) {
			t.Errorf("%s and %s: got %v because %q, want %v", c.a.Name, c.b.Name, got, why, c.want)
		}
		if got && PersonKey(c.a.Name) != PersonKey(c.b.Name) {
			t.Errorf("%s and %s are one but have the keys %q and %q", c.a.Name, c.b.Name, PersonKey(c.a.Name), PersonKey(c.b.Name))
		}
		if back, _ := SamePerson(c.b, c.a); (len(back) > 0) != got {
			t.Errorf("%s and %s: not the same both ways", c.a.Name, c.b.Name)
		}
	}
}
