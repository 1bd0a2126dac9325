package io.firesteel.spec;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A key of a Secret. */
@RegisterForReflection
public record NameKey(String name, String key) {}
