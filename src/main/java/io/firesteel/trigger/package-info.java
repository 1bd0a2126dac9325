/**
 * Jobs that start because a file has arrived: reads the notifications of object stores, each in its
 * own format, and matches them with the triggers that are defined. Pure.
 */
@NullMarked
package io.firesteel.trigger;

import org.jspecify.annotations.NullMarked;
