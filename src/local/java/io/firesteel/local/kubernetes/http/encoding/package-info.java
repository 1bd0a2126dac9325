/**
 * Response formats: JSON, tables for {@code kubectl get}, or metadata only, and the pages of lists.
 */
@NullMarked
package io.firesteel.local.kubernetes.http.encoding;

import org.jspecify.annotations.NullMarked;
