/** Makes messages for the request topic of what callers ask for. Pure. */
@NullMarked
package io.firesteel.rest.request;

import org.jspecify.annotations.NullMarked;
