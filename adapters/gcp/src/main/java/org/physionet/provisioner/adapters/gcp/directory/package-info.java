/**
 * Access through one Google Group per resource: people are in the group, the group is in the resource's policy. The layout is pure; the
 * calls go to the Directory and Groups Settings APIs, and to the policy through the door that each kind of resource has.
 */
@NullMarked
package org.physionet.provisioner.adapters.gcp.directory;

import org.jspecify.annotations.NullMarked;
