/**
 * What a job is: its identity, what was asked for, what may go wrong. Plain data, used by every
 * other feature and using none.
 */
@NullMarked
package io.firesteel.job;

import org.jspecify.annotations.NullMarked;
