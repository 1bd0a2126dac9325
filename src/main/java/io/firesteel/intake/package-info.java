/**
 * The way in. Reads request topics, understands and checks each message, and writes what admission
 * must know to the inbox; what cannot be used goes to the dead-letter topic with the reason, and
 * its sender, where known, gets a result. Every message ends in exactly one of these ways.
 */
@NullMarked
package io.firesteel.intake;

import org.jspecify.annotations.NullMarked;
