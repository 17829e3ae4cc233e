"""From the text of a rule file to positioned nodes and checked fields."""
