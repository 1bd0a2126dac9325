/**
 * Hostile inputs against a packaged worker: messages, internal records and pods as nobody should
 * make them, and a check that each is answered and that no neighbour has to wait.
 */
@NullMarked
package io.firesteel.bench.hostile;

import org.jspecify.annotations.NullMarked;
