package org.physionet.provisioner.adapters.gcp.members;

import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;

/**
 * What an observation of direct members keeps.
 *
 * @param conditions false: the resource is known to take no conditions, so nothing can end by itself there
 */
public record MembersSeen(MemberPolicy policy, boolean conditions) {}
