package label

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
)

// Label Studio (https://labelstud.io/guide/export) keeps an array of tasks. A
// label is a result of type "labels"; choices of the same id, from Status, Mode
// and Context, are its attributes, a textarea from Country its country, and a
// result of type "relation" is an arrow between two ids.
type studioTask struct {
	Data        studioData         `json:"data"`
	Annotations []studioAnnotation `json:"annotations,omitempty"`
	Predictions []studioAnnotation `json:"predictions,omitempty"`
}

type studioData struct {
	Text string `json:"text"`
	Name string `json:"name,omitempty"`
}

type studioAnnotation struct {
	Result       []studioResult `json:"result"`
	WasCancelled bool           `json:"was_cancelled,omitempty"`
}

type studioResult struct {
	ID       string       `json:"id,omitempty"`
	Type     string       `json:"type"`
	FromName string       `json:"from_name,omitempty"`
	ToName   string       `json:"to_name,omitempty"`
	Value    *studioValue `json:"value,omitempty"`
	From     string       `json:"from_id,omitempty"`
	To       string       `json:"to_id,omitempty"`
	Labels   []string     `json:"labels,omitempty"` // of a relation
}

type studioValue struct {
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Text    any      `json:"text,omitempty"` // a string; for a textarea a list of them
	Labels  []string `json:"labels,omitempty"`
	Choices []string `json:"choices,omitempty"`
}

// WriteLabelStudio writes the labels of articles as Label Studio tasks, as
// predictions, which its users see as labels to correct.
func WriteLabelStudio(w io.Writer, sets []*Set) error {
	tasks := []studioTask{}
	for _, s := range sets {
		g := s.graph()
		var results []studioResult
		for _, n := range g.nodes {
			at := studioValue{Start: n.start, End: n.end, Text: n.text}
			region := at
			region.Labels = []string{n.label}
			results = append(results, studioResult{ID: n.id, Type: "labels", FromName: "label", ToName: "text", Value: &region})
			for _, name := range []string{"Status", "Mode", "Context"} {
				if values := n.values(name); len(values) > 0 {
					choice := at
					choice.Choices = values
					results = append(results, studioResult{ID: n.id, Type: "choices", FromName: name, ToName: "text", Value: &choice})
				}
			}
			if n.country != "" {
				area := at
				area.Text = []string{n.country}
				results = append(results, studioResult{ID: n.id, Type: "textarea", FromName: "Country", ToName: "text", Value: &area})
			}
		}
		for _, e := range g.edges {
			results = append(results, studioResult{Type: "relation", From: e.from, To: e.to, Labels: []string{e.label}})
		}
		tasks = append(tasks, studioTask{Data: studioData{Text: s.Text, Name: s.Name}, Predictions: []studioAnnotation{{Result: results}}})
	}
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(tasks)
}

// ReadLabelStudio reads the tasks of a Label Studio export: of each the first
// annotation that was not cancelled or, where there is none, the first
// prediction. The path names the articles and the errors.
func ReadLabelStudio(path string, in io.Reader) ([]*Set, error) {
	var tasks []studioTask
	if err := json.NewDecoder(in).Decode(&tasks); err != nil {
		return nil, fmt.Errorf("%s: not a list of Label Studio tasks: %w", path, err)
	}
	var sets []*Set
	for i, t := range tasks {
		g := &graph{}
		for _, a := range append(t.Annotations, t.Predictions...) {
			if !a.WasCancelled {
				var err error
				if g, err = a.graph(); err != nil {
					return nil, fmt.Errorf("%s: task %d: %w", path, i+1, err)
				}
				break
			}
		}
		s, err := g.read(articleName(path, i), t.Data.Name, path, t.Data.Text)
		if err != nil {
			return nil, fmt.Errorf("%s: task %d: %w", path, i+1, err)
		}
		sets = append(sets, s)
	}
	return sets, nil
}

func (a *studioAnnotation) graph() (*graph, error) {
	g, index := &graph{}, map[string]int{}
	for i, r := range a.Result {
		if r.Type != "relation" && r.Value == nil {
			return nil, fmt.Errorf("result %d has no value", i+1)
		}
		if r.Type != "labels" {
			continue
		}
		if len(r.Value.Labels) == 0 {
			return nil, fmt.Errorf("result %d has no label", i+1)
		}
		id := r.ID
		if id == "" {
			id = "result " + strconv.Itoa(i+1)
		}
		text, _ := r.Value.Text.(string)
		index[id] = len(g.nodes)
		g.nodes = append(g.nodes, node{id: id, label: r.Value.Labels[0], start: r.Value.Start, end: r.Value.End, text: text})
	}
	for _, r := range a.Result {
		switch r.Type {
		case "relation":
			if len(r.Labels) == 0 {
				return nil, fmt.Errorf("the arrow from %s to %s has no label", r.From, r.To)
			}
			g.edges = append(g.edges, edge{r.From, r.To, r.Labels[0]})
		case "choices":
			if i, ok := index[r.ID]; ok {
				g.nodes[i].addAttributes(r.FromName, r.Value.Choices)
			}
		case "textarea":
			if i, ok := index[r.ID]; ok && r.FromName == "Country" {
				if list, ok := r.Value.Text.([]any); ok && len(list) > 0 {
					g.nodes[i].country, _ = list[0].(string)
				}
			}
		}
	}
	return g, nil
}
