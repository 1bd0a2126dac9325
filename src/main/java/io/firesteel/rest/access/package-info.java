/**
 * Who may call what: roles by tenant from the claims of a bearer token, a rate for each caller, and
 * a log of what was changed by whom. Denies what is not allowed explicitly.
 */
@NullMarked
package io.firesteel.rest.access;

import org.jspecify.annotations.NullMarked;
