package resolve

func (c *chains) phrases()  {}
func (c *chains) pronouns() {}
func (c *chains) groups()   {}
