"""Pictures of figures. The packages that draw them are the extra `charts`."""
