"""Kind `names`: people and places, and how their spellings are made and found."""
