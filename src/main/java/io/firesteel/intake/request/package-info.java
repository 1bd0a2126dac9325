/** Reads envelopes, requests and manifests. */
@NullMarked
package io.firesteel.intake.request;

import org.jspecify.annotations.NullMarked;
