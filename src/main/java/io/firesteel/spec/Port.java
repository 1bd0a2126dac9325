package io.firesteel.spec;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A port that a container declares. */
@RegisterForReflection
public record Port(String name, String protocol, int containerPort) {}
