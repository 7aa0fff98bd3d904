/** How calls to Google are made and counted, and the one place that turns Google's errors into outcomes. May use the Google libraries. */
@NullMarked
package org.physionet.provisioner.adapters.gcp.calls;

import org.jspecify.annotations.NullMarked;
