package resolve

import "parley/pipeline"

func readDates(d *pipeline.Document) {}
