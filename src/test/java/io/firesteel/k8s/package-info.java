/** Checks the manifests against the schemas of their readers and the behaviour of the worker. */
@NullMarked
package io.firesteel.k8s;

import org.jspecify.annotations.NullMarked;
