/** Validation with the messages of the real server. Pure. */
@NullMarked
package io.firesteel.local.kubernetes.rules.validation;

import org.jspecify.annotations.NullMarked;
