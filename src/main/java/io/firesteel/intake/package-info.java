/**
 * Reads requests and bucket notifications from Kafka. A message is accepted into the inbox or moved
 * to the dead letters with the reason; a rejected job also gets a result.
 */
@NullMarked
package io.firesteel.intake;

import org.jspecify.annotations.NullMarked;
