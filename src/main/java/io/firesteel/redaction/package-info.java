/** Masks secrets in text from outside, such as driver logs and messages of the cluster. */
@NullMarked
package io.firesteel.redaction;

import org.jspecify.annotations.NullMarked;
