/**
 * Finds in a container's log what ended it, secrets redacted. Pure, and in linear time whatever the
 * log contains.
 */
@NullMarked
package io.firesteel.cluster.log;

import org.jspecify.annotations.NullMarked;
