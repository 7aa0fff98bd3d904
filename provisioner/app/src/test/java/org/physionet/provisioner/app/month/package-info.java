/** A month at a site of many people, on simulated clouds that write its logs, with one thing of each kind that is wrong. Uses the program as a person would, and the providers' own protocols. */
@NullMarked
package org.physionet.provisioner.app.month;

import org.jspecify.annotations.NullMarked;
