"""A spider for each shape in which a site lists its articles; the outlets themselves are data."""
