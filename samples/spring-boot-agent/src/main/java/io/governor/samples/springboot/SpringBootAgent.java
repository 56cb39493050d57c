package io.governor.samples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the application; it answers one customer at once and then waits to be looked at. */
@SpringBootApplication
public class SpringBootAgent {

  public static void main(String[] args) {
    SpringApplication.run(SpringBootAgent.class, args);
  }
}
