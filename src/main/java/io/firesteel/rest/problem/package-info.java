/** What goes wrong with a call, as RFC 9457 problem details. */
@NullMarked
package io.firesteel.rest.problem;

import org.jspecify.annotations.NullMarked;
