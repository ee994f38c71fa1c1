package main

import "testing"

func TestDictionaryName(t *testing.T) {
	for _, c := range [][2]string{
		{"+TONY_BLAIR_\t[19970502 - 20070627]", "Tony Blair"},
		{"{HANS-GERT_POTTERING_}", "Hans-Gert Pottering"},
		{"U.N._MONITOR_", "U.N. Monitor"},
		{"ACCION_(ABC)_", "Accion"},
		{"", ""},
	} {
		if got := dictionaryName(c[0]); got != c[1] {
			t.Errorf("dictionaryName(%q) = %q; want %q", c[0], got, c[1])
		}
	}
}

func TestISODay(t *testing.T) {
	for _, c := range [][2]string{{"20070627", "2007-06-27"}, {"20070431", "2007-04-30"}, {"20070231", "2007-02-28"}, {"20071331", "2007"}, {"2007", ""}} {
		if got := isoDay(c[0]); got != c[1] {
			t.Errorf("isoDay(%q) = %q; want %q", c[0], got, c[1])
		}
	}
}
