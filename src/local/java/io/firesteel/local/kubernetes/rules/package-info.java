/**
 * The rules of a write: {@code Registry} applies defaults, validation, quotas, preconditions and
 * graceful deletion before the store changes. HTTP, controllers and simulated pods all write
 * through it.
 */
@NullMarked
package io.firesteel.local.kubernetes.rules;

import org.jspecify.annotations.NullMarked;
