/** Which objects the API server rejects as invalid, in the real server's words. Pure. */
@NullMarked
package io.firesteel.local.kubernetes.rules.validation;

import org.jspecify.annotations.NullMarked;
