/**
 * A support agent on LangChain4j, governed: {@link io.governor.samples.support.SupportAgentDemo}
 * runs it, {@link io.governor.samples.support.Setup} shows what a host has to write.
 */
@NullMarked
package io.governor.samples.support;

import org.jspecify.annotations.NullMarked;
