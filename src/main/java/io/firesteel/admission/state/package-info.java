/** What admission stores about jobs, tenants and cohorts. */
@NullMarked
package io.firesteel.admission.state;

import org.jspecify.annotations.NullMarked;
