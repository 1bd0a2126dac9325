/**
 * How objects are sent: as JSON, as a table for {@code kubectl get}, or as metadata only, in pages.
 */
@NullMarked
package io.firesteel.local.kubernetes.http.encoding;

import org.jspecify.annotations.NullMarked;
