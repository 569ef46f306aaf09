"""The open catalogue for clients of CKAN: the reading half of its Action API, version 3 (docs.ckan.org/en/2.11/api)."""
