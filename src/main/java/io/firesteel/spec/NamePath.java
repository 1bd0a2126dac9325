package io.firesteel.spec;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A ConfigMap and the directory it is mounted at. */
@RegisterForReflection
public record NamePath(String name, String path) {}
