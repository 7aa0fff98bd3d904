/** What has to be so of a bucket, whatever the layout: credentials, policy, public blocks, encryption. Reads only. */
@NullMarked
package org.physionet.provisioner.adapters.aws.bucket;

import org.jspecify.annotations.NullMarked;
