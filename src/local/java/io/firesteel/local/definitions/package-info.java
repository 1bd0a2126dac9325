/** {@code ./firesteel validate}: checks definitions without a worker, as a step of a build. */
@NullMarked
package io.firesteel.local.definitions;

import org.jspecify.annotations.NullMarked;
