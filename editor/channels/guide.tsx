import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import type { FormControl } from './form-control.ts';
import { GuideStepView } from './guide-step.tsx';
import type { GuideStep } from './guides.ts';
import { MoreSettings } from './more-settings.tsx';

/** The place on the page of a guide's step, for links to it. */
export const stepAnchor = (place: number): string => `step-${place + 1}`;

export interface GuideProps {
  readonly provider: ProviderEntry;
  readonly steps: readonly GuideStep[];
  readonly control: FormControl;
  /** The channel that is there already. */
  readonly channel?: { readonly id: string; readonly callbackUrl: string } | undefined;
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
