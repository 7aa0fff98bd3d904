package org.physionet.provisioner.engine.guards;

import org.physionet.provisioner.engine.guards.GuardCase.Kind;
import org.physionet.provisioner.engine.guards.GuardCase.Member;
import org.physionet.provisioner.engine.model.ResourceId;

/** A change that a guard counts. */
public record Claim(Kind kind, Member member, ResourceId resource, Cause cause) {}
