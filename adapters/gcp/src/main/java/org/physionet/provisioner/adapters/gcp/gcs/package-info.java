/** Access to Cloud Storage buckets: the policy, its {@code members} layout (pure), and the calls that read and write it. */
@NullMarked
package org.physionet.provisioner.adapters.gcp.gcs;

import org.jspecify.annotations.NullMarked;
