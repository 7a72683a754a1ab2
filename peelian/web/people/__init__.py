"""The register of people as pages: the list, one person whole, the forms that change them, and the units."""
