"""The catalogue as DCAT (W3C DCAT 3, profile DCAT-AP 3), for harvesters."""
