package org.physionet.provisioner.simulator.aws.iam;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.aws.wire.Xml;

/**
 * One method of IAM.
 *
 * @param resource the ARN that the caller's policies must allow, from the call
 * @param body does it and writes the result element
 */
record IamAction(Kind kind, Function<IamCall, String> resource, BiConsumer<IamCall, Xml> body) {}
