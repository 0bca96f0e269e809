import { GuideStepView } from './guide-step.tsx';
import type { GuideStepProps } from './guide-step.tsx';
import type { GuideStep } from './guides.ts';
import { MoreSettings } from './more-settings.tsx';

/** The place on the page of a guide's step, for links to it. */
export const stepAnchor = (place: number): string => `step-${place + 1}`;

interface GuideProps extends Pick<GuideStepProps, 'provider' | 'control' | 'channel'> {
  readonly steps: readonly GuideStep[];
}

/** The steps of setting up a channel: at the provider on the left, the settings that come out of each on the right. */
export function Guide({ provider, steps, control, channel }: GuideProps) {
  return (
    <>
      {steps.map((step, place) => (
        <GuideStepView
          key={step.words}
          {...{ provider, step, control, channel }}
          number={place + 1}
          anchor={stepAnchor(place)}
        />
      ))}
      <MoreSettings provider={provider} control={control} />
    </>
  );
}
