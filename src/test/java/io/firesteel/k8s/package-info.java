/** Holds the manifests to the schemas of what reads them, and to what the worker does. */
@NullMarked
package io.firesteel.k8s;

import org.jspecify.annotations.NullMarked;
