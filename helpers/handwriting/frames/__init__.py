"""Take off what forms and hands put around digits: boxes, rings, underlines, combs."""
