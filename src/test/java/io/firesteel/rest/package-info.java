/** Tests of the REST API. */
@NullMarked
package io.firesteel.rest;

import org.jspecify.annotations.NullMarked;
