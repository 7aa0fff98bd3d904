package org.physionet.provisioner.app.config;

import org.physionet.provisioner.audit.review.Rules;

/**
 * Section {@code audit} of the configuration.
 *
 * @param publicMinimum fewer people than this are not counted in public
 */
public record AuditSettings(Rules rules, int publicMinimum) {}
